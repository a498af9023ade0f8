"""The warehouse of the steering dialogue: validate, build, audit and publish."""
