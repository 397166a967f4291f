package dev.keratin.layers;

import dev.keratin.config.Registry;
import java.util.List;

/** Factories of recurrent layers and their wrappers. */
abstract class RecurrentLayers extends MergingLayers {
    RecurrentLayers() {}

    static void registerRecurrent(Registry<Layer> registry) {
        registry.register(SimpleRNN::from, "SimpleRNN");
        registry.register(LSTM::from, "LSTM");
        registry.register(GRU::from, "GRU");
        registry.register(ConvLSTM1D::from, "ConvLSTM1D");
        registry.register(ConvLSTM2D::from, "ConvLSTM2D");
        registry.register(ConvLSTM3D::from, "ConvLSTM3D");
        registry.register(RNN::from, "RNN");
        registry.register(SimpleRNNCell::from, "SimpleRNNCell");
        registry.register(LSTMCell::from, "LSTMCell");
        registry.register(GRUCell::from, "GRUCell");
        registry.register(StackedRNNCells::from, "StackedRNNCells");
        registry.register(Bidirectional::from, "Bidirectional");
        registry.register(TimeDistributed::from, "TimeDistributed");
    }

    /** {@link SimpleRNN}. */
    public static SimpleRNN simpleRNN(int units) {
        return new SimpleRNN(units);
    }

    /** {@link LSTM}. */
    public static LSTM lstm(int units) {
        return new LSTM(units);
    }

    /** {@link GRU}. */
    public static GRU gru(int units) {
        return new GRU(units);
    }

    /** {@link ConvLSTM1D}. */
    public static ConvLSTM1D convLSTM1d(int filters, int... kernelSize) {
        return new ConvLSTM1D(filters, kernelSize);
    }

    /** {@link ConvLSTM2D}. */
    public static ConvLSTM2D convLSTM2d(int filters, int... kernelSize) {
        return new ConvLSTM2D(filters, kernelSize);
    }

    /** {@link ConvLSTM3D}. */
    public static ConvLSTM3D convLSTM3d(int filters, int... kernelSize) {
        return new ConvLSTM3D(filters, kernelSize);
    }

    /** {@link SimpleRNNCell}. */
    public static SimpleRNNCell simpleRNNCell(int units) {
        return new SimpleRNNCell(units);
    }

    /** {@link LSTMCell}. */
    public static LSTMCell lstmCell(int units) {
        return new LSTMCell(units);
    }

    /** {@link GRUCell}. */
    public static GRUCell gruCell(int units) {
        return new GRUCell(units);
    }

    /** {@link RNN}. */
    public static RNN rnn(RecurrentCell<?> cell) {
        return new RNN(cell);
    }

    /** {@link RNN} over {@link StackedRNNCells}. */
    public static RNN rnn(RecurrentCell<?>... cells) {
        return new RNN(new StackedRNNCells(List.of(cells)));
    }

    /** {@link StackedRNNCells}. */
    public static StackedRNNCells stackedRNNCells(RecurrentCell<?>... cells) {
        return new StackedRNNCells(List.of(cells));
    }

    /** {@link Bidirectional}. */
    public static Bidirectional bidirectional(Recurrent<?> layer) {
        return new Bidirectional(layer);
    }

    /** {@link Bidirectional}. */
    public static Bidirectional bidirectional(Recurrent<?> layer, Recurrent<?> backwardLayer) {
        return new Bidirectional(layer, backwardLayer);
    }

    /** {@link TimeDistributed}. */
    public static TimeDistributed timeDistributed(Layer layer) {
        return new TimeDistributed(layer);
    }
}
