{{%AUTOESCAPE context="HTML"}}</a></td></tr></table>
<p style="font-size:13px;word-break:break-all">{{LINK}}</p>