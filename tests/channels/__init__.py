"""Every channel keeps the same promises: one suite, one rig for each adapter."""
