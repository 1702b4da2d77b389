package dev.leasehold.events;

/**
 * What one Event is to tell.
 *
 * @param last the change that it shows
 * @param times how many like it there were, this one among them; 1 or more
 */
record Telling(Change last, int times) {}
