package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.regularizers.Regularizers;

/**
 * A recurrent layer that makes its cell.
 *
 * @param <S> the layer's own class
 * @param <C> the cell's class
 */
abstract class UnitsRecurrent<S extends UnitsRecurrent<S, C>, C extends UnitsCell<C>> extends Recurrent<S>
        implements CellOptions<S> {
    private final C cell;

    UnitsRecurrent(C cell) {
        this.cell = track("cell", cell);
    }

    @Override
    public final C cell() {
        return cell;
    }

    @Override
    public final CellSettings settings() {
        return cell.settings();
    }

    @Override
    final void prepareCell() {
        cell.setDTypePolicy(dtypePolicy());
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        settings().write(config);
        Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer());
        return config;
    }

    final S configureUnits(ObjectNode config) {
        configureRecurrent(config);
        settings().read(config);
        setActivityRegularizer(Configs.get(config, "activity_regularizer", Regularizers.registry()));
        setTrainable(isTrainable());
        return self();
    }
}
