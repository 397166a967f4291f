package dev.keratin.models;

import static dev.keratin.layers.Layers.concatenate;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of layers, held against what Keras prints at its usual width. */
class SummaryTest {
    @Test
    void summary_severalInputs_countsNoneForInputsAndNamesConnections() {
        var query = input("query", DType.FLOAT32, 16);
        var text = input("text", DType.FLOAT32, 16);
        var encoder = dense(8).name("encoder");
        var joined = concatenate().name("joined").apply(encoder.apply(query), encoder.apply(text));

        String table = model(List.of(query, text), dense(1).name("score").apply(joined)).summaryText();

        assertThat(table).contains("""
                ┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
                │ query (InputLayer)  │ (None, 16)        │          0 │ -                 │
                ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
                │ text (InputLayer)   │ (None, 16)        │          0 │ -                 │
                ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
                │ encoder (Dense)     │ (None, 8)         │        136 │ query[0][0],      │
                │                     │                   │            │ text[0][0]        │
                ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
                │ joined              │ (None, 16)        │          0 │ encoder[0][0],    │
                │ (Concatenate)       │                   │            │ encoder[1][0]     │
                ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
                │ score (Dense)       │ (None, 1)         │         17 │ joined[0][0]      │
                └─────────────────────┴───────────────────┴────────────┴───────────────────┘
                 Total params: 153 (612.00 B)
                """);
    }

    @Test
    void summary_stackWithoutInput_saysThatItIsNotBuilt() {
        assertThat(sequential(dense(4).name("fc")).summaryText()).contains("""
                │ fc (Dense)                      │ ?                      │   0 (unbuilt) │
                """);
    }
}
