Contact: {{SECURITY_CONTACT}}
Expires: {{EXPIRES}}
Preferred-Languages: ja, en
{{#CANONICAL}}Canonical: {{SITE}}/.well-known/security.txt
{{/CANONICAL}}