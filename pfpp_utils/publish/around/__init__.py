"""What stands around the text of every page: see :mod:`pfpp_utils.publish.around.extension`."""
