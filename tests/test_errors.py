"""Messages that say where, what was found and what is allowed."""

from __future__ import annotations

import pickle

from pfpp_utils.errors import Failure, InputError

ERROR = InputError("unknown place", where="plan.yml, line 4", found="leeds", allowed=["durham", "luton"])


def test_the_message_has_a_line_for_each_question():
    assert str(ERROR).splitlines() == [
        "unknown place",
        "  where:   plan.yml, line 4",
        "  found:   'leeds'",
        "  allowed: durham, luton",
    ]


def test_what_is_allowed_may_be_a_sentence():
    error = InputError("no year", where="year", found=None, allowed="a financial year")
    assert str(error).endswith("found:   None\n  allowed: a financial year")


def test_bad_input_is_no_failure():
    assert isinstance(ERROR, ValueError)
    assert not isinstance(ERROR, Failure)
    assert not issubclass(Failure, InputError)


def test_an_error_survives_the_way_between_processes():
    copy = pickle.loads(pickle.dumps(ERROR))
    assert str(copy) == str(ERROR)
    assert (copy.what, copy.found, copy.allowed) == (ERROR.what, ERROR.found, ERROR.allowed)
