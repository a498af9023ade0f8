"""The warehouse of the steering dialogue: build, audit and publish."""
