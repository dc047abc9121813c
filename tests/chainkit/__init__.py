"""The chain on AWS's services as moto has them, with a clock that can be put forward."""
