;; A call by a table.
(module
  (type $t (func (param i32) (result i32)))
  (table 10 funcref)
  (func $f (param i32 i32) (result i32)
    (i32.add (call_indirect (type $t) (local.get 0) (local.get 1)) (local.get 1))))
