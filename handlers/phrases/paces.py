"""What is said of 少发点 and 多发点."""

from __future__ import annotations

WISH_NOTED = "记下了，会告诉这个群的负责人。"
_PACES = {
    -1: "好的，{where}以后少发，一周最多 {count} 条。要多发请说：多发点",
    0: "好的，{where}照平常发，一周最多 {count} 条。",
    1: "好的，{where}以后多发点，一周最多 {count} 条。要少发请说：少发点",
}


def changed(pace: int, count: int, *, private: bool) -> str:
    """Tell what holds from now on; what is urgent always comes."""
    where = "给您的提醒" if private else "这个群的提醒"
    return f"{_PACES[pace].format(where=where, count=count)}\n急事不受影响。"


def wished(group: str, count: int, *, less: bool) -> str:
    """Tell whoever answers for a group what its members wish for."""
    word = "少发点" if less else "多发点"
    return f"{group}里有 {count} 个人说提醒要“{word}”。同意的话，请您在那个群里说：{word}"
