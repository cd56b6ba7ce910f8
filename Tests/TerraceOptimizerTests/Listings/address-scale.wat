;; An index into a table of words.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.load offset=1024 (i32.shl (i32.and (local.get 0) (i32.const 1023)) (i32.const 2)))))

;; Graph
;; b0:
;;   v0 = i32.and p0:i32, 1023
;;   v1 = i32.shl v0, 2
;;   v2 = i32.load mem[v1+1024]
;;   return v2
;; Code
;; b0:
;;   0000  81 e7 ff 03 00 00              and edi, 1023
;;   0006  41 8b 84 bf 00 04 00 00        mov eax, [r15 + rdi*4 + 0x400]
;;   000e  c3                             ret
