package dev.keratin.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into records of fields as RFC 4180 says; blank lines are left out. */
final class CsvRecords {
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader in;
    private final char separator;
    private final String name;
    private int line;
    private int current;

    CsvRecords(Reader in, char separator, String name) throws IOException {
        this.in = new BufferedReader(in);
        this.separator = separator;
        this.name = name;
        advance();
        if (current == BYTE_ORDER_MARK) {
            advance();
        }
    }

    /** The number of the line in which the last record ended, from 1. */
    int line() {
        return line;
    }

    /** The fields of the next record; none at the end. */
    List<String> next() throws IOException {
        while (current == '\r' || current == '\n') {
            endLine();
        }
        List<String> fields = new ArrayList<>();
        while (current != END) {
            fields.add(current == '"' ? quoted() : plain());
            if (current != separator) {
                endLine();
                break;
            }
            advance();
            if (current == END) {
                fields.add("");
            }
        }
        return fields;
    }

    private String plain() throws IOException {
        StringBuilder field = new StringBuilder();
        while (current != END && current != separator && current != '\n' && current != '\r') {
            field.append((char) current);
            advance();
        }
        return field.toString();
    }

    private String quoted() throws IOException {
        StringBuilder field = new StringBuilder();
        int begun = line + 1;
        for (advance(); ; advance()) {
            if (current == END) {
                throw new IllegalArgumentException("Csv: a quote at the end of each quoted field is required. Received: none for the"
                        + " field that begins in line " + begun + " of " + name + ".");
            }
            if (current == '"') {
                advance();
                if (current != '"') {
                    return field.append(plain()).toString();
                }
            } else if (current == '\n') {
                line++;
            }
            field.append((char) current);
        }
    }

    private void endLine() throws IOException {
        if (current == '\r') {
            advance();
            if (current != '\n') {
                line++;
                return;
            }
        }
        line++;
        if (current == '\n') {
            advance();
        }
    }

    private void advance() throws IOException {
        current = in.read();
    }
}
