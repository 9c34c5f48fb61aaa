"""What is said about photos."""

from __future__ import annotations

NO_PHOTO = "没有找到这张照片，可能已经遮住了。"
WHAT_IS_IT = "照片收到了。请说说哪里坏了，在几栋几单元？（门牌号不用发在群里）"
