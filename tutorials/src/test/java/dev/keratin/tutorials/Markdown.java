package dev.keratin.tutorials;

/**
 * The Java code of a Markdown file, at the lines where it stands.
 *
 * @param runnable the text with everything blanked that is not in a block opened by {@code ```java}
 * @param blocks how many such blocks there are
 * @param notRun how many blocks are opened by {@code ```java no-run}
 */
record Markdown(String runnable, int blocks, int notRun) {
    private static final String RUN = "```java";
    private static final String NO_RUN = "```java no-run";
    private static final String FENCE = "```";

    static Markdown parse(String text) {
        StringBuilder runnable = new StringBuilder();
        int blocks = 0;
        int notRun = 0;
        String open = "";
        for (String line : text.lines().toList()) {
            String fence = line.startsWith(FENCE) ? line.strip() : "";
            if (open.equals(RUN) && fence.isEmpty()) {
                runnable.append(line);
            }
            runnable.append('\n');
            if (!fence.isEmpty()) {
                open = open.isEmpty() ? fence : "";
                blocks += open.equals(RUN) ? 1 : 0;
                notRun += open.equals(NO_RUN) ? 1 : 0;
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("the block opened by " + open + " does not end");
        }
        return new Markdown(runnable.toString(), blocks, notRun);
    }
}
