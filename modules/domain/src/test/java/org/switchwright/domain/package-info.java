/** Tests of what the whole house must keep to. */
package org.switchwright.domain;
