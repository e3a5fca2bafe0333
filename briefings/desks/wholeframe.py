"""A pandas frame that shows its text in whole: a reason or a sentence cut after fifty letters says nothing."""

from __future__ import annotations

import pandas as pd


class WholeFrame(pd.DataFrame):
    """A frame like any other, and so is what is made of it; only as text and in notebooks no cell is cut short."""

    @property
    def _constructor(self) -> type[WholeFrame]:
        return WholeFrame

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return super().__repr__()

    def _repr_html_(self) -> str | None:
        with pd.option_context("display.max_colwidth", None):
            return super()._repr_html_()  # type: ignore[misc, no-any-return]
