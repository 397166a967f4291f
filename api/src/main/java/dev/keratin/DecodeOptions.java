package dev.keratin;

/** How {@link Ops#ctcDecode(Tensor, Tensor, DecodeOptions)} chooses labels. Immutable; every setter gives a changed copy. */
public final class DecodeOptions {
    private final String strategy;
    private final int beamWidth;
    private final int topPaths;
    private final boolean mergeRepeated;
    private final int maskIndex;

    /** Greedy, repetitions merged, class 0 stands for no label; a beam search keeps 100 sequences and gives one. */
    public DecodeOptions() {
        this("greedy", 100, 1, true, 0);
    }

    private DecodeOptions(String strategy, int beamWidth, int topPaths, boolean mergeRepeated, int maskIndex) {
        this.strategy = strategy;
        this.beamWidth = beamWidth;
        this.topPaths = topPaths;
        this.mergeRepeated = mergeRepeated;
        this.maskIndex = maskIndex;
        if (!strategy.equals("greedy") && !strategy.equals("beam_search") || topPaths < 1 || beamWidth < topPaths) {
            throw new IllegalArgumentException("ctcDecode: the strategy \"greedy\" or \"beam_search\" and 1 <= topPaths <= beamWidth are"
                    + " required. Received: strategy=\"" + strategy + "\", beamWidth=" + beamWidth + ", topPaths=" + topPaths
                    + ". Set beamWidth before topPaths.");
        }
    }

    /** {@code "greedy"}, the best class of each step, or {@code "beam_search"}, the most likely sequences of labels. */
    public DecodeOptions strategy(String value) {
        return new DecodeOptions(value, beamWidth, topPaths, mergeRepeated, maskIndex);
    }

    /** How many sequences a beam search keeps after each step. */
    public DecodeOptions beamWidth(int value) {
        return new DecodeOptions(strategy, value, topPaths, mergeRepeated, maskIndex);
    }

    /** How many sequences a beam search gives, at most the beam width. */
    public DecodeOptions topPaths(int value) {
        return new DecodeOptions(strategy, beamWidth, value, mergeRepeated, maskIndex);
    }

    /** Whether the greedy strategy takes a class that is best in consecutive steps for one label. A beam search always does. */
    public DecodeOptions mergeRepeated(boolean value) {
        return new DecodeOptions(strategy, beamWidth, topPaths, value, maskIndex);
    }

    /** The class that stands for no label; negative counts from the last. */
    public DecodeOptions maskIndex(int value) {
        return new DecodeOptions(strategy, beamWidth, topPaths, mergeRepeated, value);
    }

    String strategy() {
        return strategy;
    }

    boolean isGreedy() {
        return strategy.equals("greedy");
    }

    int beamWidth() {
        return beamWidth;
    }

    int topPaths() {
        return topPaths;
    }

    boolean mergeRepeated() {
        return mergeRepeated;
    }

    int maskIndex() {
        return maskIndex;
    }
}
