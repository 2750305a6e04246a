package io.katydid.dispatch;

/**
 * One step of a cycle.
 *
 * @param placement what every worker shall run from now on
 * @param waitSeconds time from the beginning of this step (before it was sent) to the next one; 0 if the next one is
 *     due at once or there is none
 * @param rebalance true if the step hands out a redistribution and adds or removes no user
 */
public record DispatchStep(Placement placement, double waitSeconds, boolean rebalance) {}
