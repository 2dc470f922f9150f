"""What a mock noticed that its test was not written to notice, reported when the outermost mock ends.

A finding is a warning by default; ``fail_on`` makes it a failure, and ``allow`` says that it is intended.
None of this comes from AWS: the calls succeeded.
"""
