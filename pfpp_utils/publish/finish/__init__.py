"""What is done to every page as it is written: see :mod:`pfpp_utils.publish.finish.extension`."""
