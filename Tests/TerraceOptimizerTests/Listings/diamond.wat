;; Two short ways become one.
(module
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.gt_s (local.get 0) (i32.const 100))
      (then (i32.add (local.get 1) (i32.const 1)))
      (else (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i32.gt_s p0:i32, 100
;;   v1 = i32.add p1:i32, 1
;;   v2 = select v1, p1:i32, v0
;;   return v2
;; Code
;; b0:
;;   0000  8d 46 01                       lea eax, [rsi + 1]
;;   0003  83 ff 64                       cmp edi, 100
;;   0006  0f 4e c6                       cmovle eax, esi
;;   0009  c3                             ret
