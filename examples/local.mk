# The examples, run and compared by the tests.
