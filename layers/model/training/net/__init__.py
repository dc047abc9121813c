"""The networks: the teacher's layers taken from its ONNX file, and the students."""
