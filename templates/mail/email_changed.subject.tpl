【{{PORTAL_NAME}}】メールアドレスを変更しました
