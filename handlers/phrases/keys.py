"""What is said about the keys of other systems."""

NAME_TAKEN = "“{name}”用过了，停用了也不再给别人。换一个名字，例如 {name}-2"
NO_SUCH_KEY = "没有叫“{name}”的钥匙。看看有哪些：linli user key list"
WRONG_KEY = "api_key 不对，或已经停用"
TOO_OFTEN = "提交得太快：一个钥匙一分钟最多 {most} 次，过一分钟再来"
