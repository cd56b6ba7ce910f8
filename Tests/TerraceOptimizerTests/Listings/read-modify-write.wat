;; Memory that is changed in place.
(module
  (memory 1)
  (func $f (param i32 i32)
    (i32.store offset=4 (local.get 0) (i32.add (i32.load offset=4 (local.get 0)) (local.get 1)))))
