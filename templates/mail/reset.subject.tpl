【{{PORTAL_NAME}}】パスワード再設定のご案内
