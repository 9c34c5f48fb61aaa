"""What is said about photos."""

from __future__ import annotations

WHAT_IS_IT = "照片收到了。请说说哪里坏了，在几栋几单元？（门牌号不用发在群里）"
