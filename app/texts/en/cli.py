"""What the commands for authors say in English; the rest is said in Dutch."""

TEXTS = {
    "check_right": "All right: {files} files, {examples} examples played, {advice} times advice.",
    "check_wrong": "{errors} errors and {advice} times advice in {files} files.",
}
