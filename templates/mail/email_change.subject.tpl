【{{PORTAL_NAME}}】メールアドレス変更の確認
