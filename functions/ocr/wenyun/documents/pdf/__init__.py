"""PDF: a child process draws and tells, this process reads; see `sheets` and `child`."""
