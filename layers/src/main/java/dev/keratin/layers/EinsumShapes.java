package dev.keratin.layers;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lengths of kernel and bias that follow from an equation {@code "input,kernel->output"} and the input's shape. */
final class EinsumShapes {
    private static final String SPARE = "0123456789";
    private final String who;
    private final String given;
    private final String input;
    private final String kernel;
    private final String output;
    private final Shape inputShape;
    private final List<Long> outputShape = new ArrayList<>();

    /**
     * Reads an equation.
     *
     * @param outputShape without the batch; {@link Shape#UNKNOWN} for lengths of the input
     */
    EinsumShapes(String who, String equation, Shape inputShape, long[] outputShape) {
        this.who = who;
        this.given = equation;
        this.inputShape = inputShape;
        String[] parts = equation.replace(" ", "").split(",|->", -1);
        if (parts.length != 3 || equation.indexOf(',') > equation.indexOf("->")) {
            throw refused("an equation \"input,kernel->output\" is required");
        }
        int hidden = inputShape.rank() - parts[0].replace("...", "").length();
        String letters = hidden > 0 ? SPARE.substring(0, hidden) : "";
        this.input = parts[0].replace("...", letters);
        this.kernel = parts[1];
        this.output = parts[2].replace("...", letters);
        if (input.length() != inputShape.rank() || kernel.contains(".")) {
            throw refused("a letter for each axis of the input is required");
        }
        for (long length : outputShape) {
            this.outputShape.add(length);
        }
        while (this.outputShape.size() < output.length()) {
            this.outputShape.add(0, Shape.UNKNOWN);
        }
    }

    /** The equation with a letter for every axis. */
    String equation() {
        String all = input + "," + kernel + "->" + output;
        StringBuilder plain = new StringBuilder();
        for (char c : all.toCharArray()) {
            plain.append(SPARE.indexOf(c) >= 0 ? spare(SPARE.indexOf(c)) : c);
        }
        return plain.toString();
    }

    /** A letter that the equation does not use. */
    private char spare(int index) {
        int left = index;
        for (char c = 'A'; c <= 'Z'; c++) {
            if (given.indexOf(c) < 0 && left-- == 0) {
                return c;
            }
        }
        throw refused("fewer than 26 capital letters are required beside an ellipsis");
    }

    private long length(char letter) {
        int inOutput = output.indexOf(letter);
        if (inOutput >= 0 && outputShape.get(inOutput) != Shape.UNKNOWN) {
            return outputShape.get(inOutput);
        }
        int inInput = input.indexOf(letter);
        if (inInput < 0) {
            throw refused("an output shape with the length of \"" + letter + "\" is required");
        }
        return inputShape.dim(inInput);
    }

    private Shape shape(String letters) {
        List<Long> lengths = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            lengths.add(length(letter));
        }
        return Shape.of(lengths);
    }

    Shape kernel() {
        return shape(kernel);
    }

    Shape bias(String letters) {
        for (char letter : letters.toCharArray()) {
            if (output.indexOf(letter) < 0) {
                throw refused("bias axes among the letters of the output are required, not \"" + letters + "\"");
            }
        }
        return shape(letters);
    }

    /** The bias with axes of length 1 for the letters of the output that it lacks. */
    Shape stretchedBias(String letters) {
        List<Long> lengths = new ArrayList<>();
        for (char letter : output.toCharArray()) {
            lengths.add(letters.indexOf(letter) < 0 ? 1 : length(letter));
        }
        return Shape.of(lengths);
    }

    /** How many of the kernel's first axes are the input's last ones and not in the output. */
    int summed() {
        int count = 0;
        while (count < kernel.length() && output.indexOf(kernel.charAt(count)) < 0) {
            count++;
        }
        return count;
    }

    /** Whether the last axes of the input meet the first ones of the kernel, and all others stay in order, bias included. */
    boolean isRowsTimesMatrix(@Nullable String bias) {
        int summed = summed();
        String outer = kernel.substring(summed);
        int rows = input.length() - summed;
        return summed > 0 && rows > 0 && input.endsWith(kernel.substring(0, summed))
                && output.equals(input.substring(0, rows) + outer) && (bias == null || bias.equals(outer));
    }

    private IllegalArgumentException refused(String required) {
        return new IllegalArgumentException(who + ": " + required + ". Received: \"" + given + "\" for an input "
                + inputShape + ". Write it as in \"abc,cd->abd\".");
    }
}
