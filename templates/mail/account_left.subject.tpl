【{{PORTAL_NAME}}】退会のお手続きが完了しました
