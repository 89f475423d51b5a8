@org.jspecify.annotations.NullMarked
package org.switchwright.strategy;
