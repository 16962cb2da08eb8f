"""The rule table that the relay reads as well; in the joined file it stands as text, without its examples."""

from __future__ import annotations

from pathlib import Path

RULES = (Path(__file__).resolve().parents[1] / 'Relay' / 'Redaction' / 'rules.json').read_text(encoding='utf-8')
