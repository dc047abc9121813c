"""Jobs over stand-ins: readers that do as the file says, stores that break when told to."""
