"""What the craft is: practices, labels, domains, ages, rules, and every sentence that Apego can say.

Content stands in `content/`, both languages side by side; the modules here load and check it.
"""

from __future__ import annotations
