"""Great Expectations suites over the public marts: the promises a reader of the warehouse can check by eye."""
