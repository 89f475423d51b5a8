/** Tests of the cluster host. */
package org.switchwright.cluster;
