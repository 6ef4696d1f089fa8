"""What tests of the thinking rooms share."""

from hypothesis import settings

# The first example of a property may wait for an advisor to be built, and a busy machine for anything.
settings.register_profile("advisor", deadline=None)
settings.load_profile("advisor")
