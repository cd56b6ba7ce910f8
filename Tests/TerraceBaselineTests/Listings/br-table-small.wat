;; A br_table of up to three cases is a chain of comparisons.
(module
  (func (param i32) (result i32)
    block
      block
        local.get 0
        br_table 0 1 0
      end
      i32.const 1
      return
    end
    i32.const 2))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 e8 ff ff ff         lea r11, [rsp - 24]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2b 00 00 00               jb 0x42
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   block
;;     block
;;       local.get 0
;;       br_table 0 1 0
;;     | 001d  83 fb 00                        cmp ebx, 0
;;     | 0020  0f 84 0e 00 00 00               je 0x34
;;     | 0026  83 fb 01                        cmp ebx, 1
;;     | 0029  0f 84 0c 00 00 00               je 0x3b
;;     | 002f  e9 00 00 00 00                  jmp 0x34
;;     end
;;     i32.const 1
;;     return
;;     | 0034  b8 01 00 00 00                  mov eax, 1
;;     | 0039  c9                              leave
;;     | 003a  c3                              ret
;;   end
;;   i32.const 2
;;   end
;;     | 003b  b8 02 00 00 00                  mov eax, 2
;;     | 0040  c9                              leave
;;     | 0041  c3                              ret
;;   behind the function
;;     | 0042  0f 0b                           ud2
