package dev.keratin.tutorials;

import java.util.HashMap;
import java.util.Map;
import jdk.jshell.Snippet;

/** Where in its script each snippet begins; lines are counted from 1. */
final class SnippetLines {
    private final Map<String, Integer> firstLines = new HashMap<>();

    /** Notes where a snippet begins; what is evaluated again because of a later one stays where it was. */
    void put(Snippet snippet, int firstLine) {
        firstLines.putIfAbsent(snippet.id(), firstLine);
    }

    int number(Snippet snippet) {
        return firstLines.get(snippet.id());
    }

    /** Whether the frame is in a snippet, which JShell marks by the file name {@code #id}. */
    boolean contains(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null && file.startsWith("#") && firstLines.containsKey(file.substring(1));
    }

    int number(StackTraceElement frame) {
        return firstLines.get(String.valueOf(frame.getFileName()).substring(1)) + frame.getLineNumber() - 1;
    }

    static int number(String text, int position) {
        return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    static int column(String text, int position) {
        return position - (text.lastIndexOf('\n', position - 1) + 1);
    }

    static String lineAt(String text, int position) {
        int end = text.indexOf('\n', position);
        return text.substring(position - column(text, position), end < 0 ? text.length() : end);
    }
}
