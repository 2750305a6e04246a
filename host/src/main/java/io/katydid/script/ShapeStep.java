package io.katydid.script;

import java.util.List;

/**
 * What a load shape wants now.
 *
 * @param users total number of users
 * @param spawnRate users per second
 * @param userClasses names of the classes to spawn from, or null for all
 */
public record ShapeStep(int users, double spawnRate, List<String> userClasses) {}
