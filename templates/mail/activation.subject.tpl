【{{PORTAL_NAME}}】メールアドレス登録確認
