"""Names and titles that are not: each does something wherever text is taken for more than text."""

from __future__ import annotations

#: What a script that ran would leave behind.
CANARY = "window.hacked"
RUN = f"{CANARY}=(window.hacked||0)+1"

NAMES = {
    "script": f"<script>{RUN}</script>",
    "closing": f"</title></td></table></script></details><script>{RUN}</script>",
    "handler": f'<img src=x onerror="{RUN}">',
    "attribute": f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    "apostrophe": f"' onclick='{RUN}' x='",
    "svg": f"<svg/onload={RUN}><style>*{{display:none}}</style>",
    "outside": '<img src="http://203.0.113.1/x.png"> ![x](http://203.0.113.1/y.png)',
    "entity": f"&lt;script&gt;{RUN}&lt;/script&gt; &amp;quot;",
    "comment": "<!-- --!> <![CDATA[ x ]]> --> <?php 1 ?>",
    "plotly": '<b>Bold</b><br><a href="javascript:hacked=1">link</a> <sup>up</sup> %{label} %{value:.2f}',
    "latex": r"$\frac{a}{b}$ \(x\) $$\input{/etc/passwd}$$ 100% of £1 \newpage $",
    "markdown": "*a* **b** `c` [d](javascript:alert(1)) # e",
    "role": "{math}`x` {raw}`<script>` {{ 7 * 7 }} {% include 'x' %} ${7*7} #{7*7}",
    "directive": "```{raw} html <script>window.hacked=1</script> ``` :::{note} x :::",
    "equals": '=HYPERLINK("http://203.0.113.1/","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide": "\uff1d1+1",
    "turned": "Fund \u202etxt.exe\u202c \u2066x\u2069 \u200f end",
    "hidden": "Ze\u200bro\ufeff wi\u2060dth",
    "colours": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x9b2J",
    "bell": "bell\x07 back\x08space form\x0cfeed \x7f delete",
    "null": "nu\x00ll",
    "long": "W" * 300,
    "fields": "{place} {0} {0.__class__} %s %(x)s %n",
    "other": "Ysgol Gŵyr 学校 مدرسة 🏫",
}
