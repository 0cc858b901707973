【{{PORTAL_NAME}}】パスワードを変更しました
