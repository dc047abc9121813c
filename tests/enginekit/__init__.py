"""What the engine's tests share: a layer to read with, stand-ins for models, drawn lines."""
