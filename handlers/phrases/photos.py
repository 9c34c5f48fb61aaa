"""What is said about photos and voices."""

from __future__ import annotations

NO_PHOTO = "没有找到这张照片，可能已经遮住了。"
WHAT_IS_IT = "照片收到了。请说说哪里坏了，在几栋几单元？（门牌号不用发在群里）"
OF_WHICH_TASK = (
    "照片收到了。是哪一件的？请发：完{no} 说明，或：进展{no} 说明\n别的事，直接说哪里坏了。"
)
VOICE_KEPT = (
    "语音留下了，可是我听不懂。请再打几个字：哪里、什么事，十分钟里说的，连语音一起交给经办的人。\n"
    "不方便打字，回复 0 找人；急事请直接打电话。"
)
