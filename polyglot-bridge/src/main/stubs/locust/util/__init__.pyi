# Written by 'katydid stubs', which overwrites it.
