/** What the operator wrote: read, checked as a whole, and refused with every fault at once. */
@NullMarked
package org.switchwright.server.configuration;

import org.jspecify.annotations.NullMarked;
