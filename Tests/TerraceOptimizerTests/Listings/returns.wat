;; Several ways out.
(module
  (func $f (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (if (i32.lt_s (local.get 0) (i32.const 0)) (then (return (i32.const -1))))
    (i32.const 1)))

;; Graph
;; b0:
;;   v0 = i32.eqz p0:i32
;;   branch p0:i32 ? b2 : b1
;; b1:                                     ; ×0.5, from b0
;;   return 0
;; b2:                                     ; ×0.5, from b0
;;   v1 = i32.lt_s p0:i32, 0
;;   branch v1 ? b3 : b4
;; b3:                                     ; ×0.25, from b2
;;   return -1
;; b4:                                     ; ×0.25, from b2
;;   return 1
;; Code
;; b0:
;;   0000  85 ff                          test edi, edi
;;   0002  75 03                          jne +0x7
;; b1:
;;   0004  31 c0                          xor eax, eax
;;   0006  c3                             ret
;; b2:
;;   0007  85 ff                          test edi, edi
;;   0009  7d 06                          jge +0x11
;; b3:
;;   000b  b8 ff ff ff ff                 mov eax, 0xffffffff
;;   0010  c3                             ret
;; b4:
;;   0011  b8 01 00 00 00                 mov eax, 1
;;   0016  c3                             ret
