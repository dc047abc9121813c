"""The networks: published readers taken from their ONNX files, and what is trained beside them."""
