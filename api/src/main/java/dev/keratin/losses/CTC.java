package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;

/**
 * Connectionist temporal classification: how unlikely it is that a sequence of outputs [batch, steps, classes] spells a
 * shorter sequence of labels [batch, labels], wherever each one lies. Outputs are logits; class 0 is the blank between
 * labels, and fills up the rows of targets.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al.: Connectionist temporal classification (2006)</a>
 */
public final class CTC extends StandardLoss<CTC> {
    /** With the default reduction. */
    public CTC() {
        super("ctc");
    }

    static CTC from(ObjectNode config) {
        return new CTC().configure(config);
    }

    @Override
    CTC self() {
        return this;
    }

    @Override
    protected void check(TensorType yTrue, TensorType yPred) {
        boolean ranks = yTrue.shape().rank() == 2 && yPred.shape().rank() == 3;
        if (!ranks || yTrue.shape().dim(0) != yPred.shape().dim(0)) {
            throw new IllegalArgumentException("CTC: labels [batch, labels] and logits [batch, steps, classes] are required."
                    + Fit.received(yTrue, yPred) + " Fill up short rows of labels with 0.");
        }
    }

    /** {@inheritDoc} Labels have to be from 1 to one less than the number of classes, and 0 after the last one. */
    @Override
    public void checkTargets(Tensor yTrue, TensorType yPred) {
        check(yTrue.type(), yPred);
        Fit.inRange(className(), yTrue, yPred, yPred.shape().dim(-1), null);
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.ctc(yTrue, yPred);
    }
}
