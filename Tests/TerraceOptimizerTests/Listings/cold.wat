;; The way to a trap lies behind the function.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (if (i32.gt_u (local.get 0) (i32.const 1000)) (then (i32.store (i32.const 0) (local.get 0)) unreachable))
    (i32.add (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i32.gt_u p0:i32, 1000
;;   branch v0 ? b2 : b1
;; b1:                                     ; ×0.985, from b0
;;   v1 = i32.add p0:i32, p1:i32
;;   return v1
;; b2 cold:                                ; ×0.015, from b0
;;   i32.store mem[0+0], p0:i32
;;   trap unreachable
;; Code
;; b0:
;;   0000  81 ff e9 03 00 00              cmp edi, 1001
;;   0006  73 04                          jae +0xc
;; b1:
;;   0008  8d 04 37                       lea eax, [rdi + rsi]
;;   000b  c3                             ret
;; b2:
;;   000c  41 89 3f                       mov [r15], edi
;;   000f  0f 0b                          ud2
